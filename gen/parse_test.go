package gen

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

const good = "kind: A\nmetadata: {name: a}\n"

func utf16LE(s string) string {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, append([]uint16{0xFEFF}, utf16.Encode([]rune(s))...))
	return b.String()
}

// TestBadInput holds what becomes of each kind of bad input: the documents that are
// still read, by kind, line and index, and the findings.
func TestBadInput(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"nothing":                  {"", nil},
		"comments only":            {"# a\n\n# b\n", nil},
		"empty documents":          {"---\n---\n# x\n---\n~\n---\n" + good + "---\n", []string{"A 7 #0"}},
		"scalars and lists":        {"a\n---\n- a\n---\n" + good, []string{"A 5 #2"}},
		"BOM":                      {"\uFEFF" + good, []string{"A 1 #0"}},
		"CRLF":                     {strings.ReplaceAll("---\n"+good+"---\n"+good, "\n", "\r\n"), []string{"A 2 #0", "A 5 #1"}},
		"CR":                       {strings.ReplaceAll(good+"---\n"+good, "\n", "\r"), []string{"A 1 #0", "A 4 #1"}},
		"UTF-16":                   {utf16LE("---\n" + good + "---\n" + good), []string{"A 2 #0", "A 5 #1"}},
		"no UTF-8":                 {"a: b\nc: \xff\n---\n" + good, []string{"A 4 #1", "2:4 FD305 the text is not UTF-8"}},
		"control character":        {"a: \x01\n---\n" + good, []string{"A 3 #1", "1:4 FD305 control characters are not allowed"}},
		"binary":                   {"\x7fELF\n\x00\x00", []string{"2:1 FD305 holds a NUL"}},
		"directive":                {"%YAML 1.1\n# x\n---\n" + good, []string{"A 4 #0"}},
		"directive of YAML 1.2":    {"%YAML 1.2\n---\n" + good, []string{"1:1 FD305 the directive asks for another version"}},
		"end markers":              {good + "...\n---\n" + good + "...\n# x\n" + good, []string{"A 1 #0", "A 5 #1", "A 9 #2"}},
		"content behind ---":       {"--- {kind: A}\n--- # comment\nkind: B\n--- |\n text\n", []string{"A 1 #0", "B 3 #1"}},
		"--- in a block scalar":    {"kind: A\ntext: |\n  a\n  ---\n  b\n----\n", []string{"6:4 FD305 could not find expected ':'"}},
		"--- in a quotation":       {"kind: A\ntext: 'a\n  ---\n  b'\n", []string{"A 1 #0"}},
		"... in a block scalar":    {"kind: A\ntext: |\n  ...\n---\nkind: B\n", []string{"A 1 #0", "B 5 #1"}},
		"a line break of YAML 1.1": {"kind: A\ntext: \"a\u2028b\" \nx: y\nx: z\n", []string{"A 1 #0", "4:1 FD306 the key \"x\" stands here again"}},
		"tab":                      {"kind: A\nmetadata:\n\tname: a\n---\n" + good, []string{"A 5 #1", "3:1 FD305 a tab indents the line"}},
		"tab behind spaces":        {"a:\n  b: 1\n  \tc: 2\n", []string{"3:3 FD305 a tab indents the line"}},
		"colon":                    {"a: b: c\n---\n" + good, []string{"A 3 #1", "1:5 FD305 a second \": \""}},
		"indentation":              {"a:\n  b: 1\n c: 2\nd: 3\n", []string{"3:2 FD305 no key or element"}},
		"indented too far":         {"a: 1\n  b: 2\n", []string{"2:4 FD305 a second \": \""}},
		"open quotation":           {"a: 1\nb: \"x\nc: 3\nd: 4\n---\n" + good, []string{"A 6 #1", "2:4 FD305 a quotation begins here"}},
		"open bracket":             {"a: 1\nb: [x\nc: 3\n---\n" + good, []string{"A 5 #1", "2:4 FD305"}},
		"open bracket at the end":  {"a: 1\nb: [x,\n", []string{"2:4 FD305"}},
		"quotations before it":     {"a: 'x\n  y'\nb: \"x\n  y\"\nc: {x: [\n 1]}\nd: 'z\n", []string{"7:4 FD305 a quotation begins here"}},
		"unknown anchor":           {"a: &x 1\nb: *y\n", []string{"2:4 FD305 unknown anchor 'y' referenced"}},
		"anchor of another":        {"a: &x 1\n---\na: *x\n", []string{" 1 #0", "3:4 FD305 unknown anchor 'x' referenced"}},
		"alias in itself":          {"a: &x\n  b: *x\n---\n" + good, []string{"A 4 #1", "2:6 FD305 the alias *x stands inside"}},
		"merge of itself":          {"a: &x\n  <<: *x\n", []string{"2:7 FD305 the alias *x stands inside"}},
		"duplicate keys":           {"kind: A\nmetadata:\n  name: a\n  name: b\nkind: A\n", []string{"A 1 #0", "4:3 FD306 the key \"name\" stands here again 3:3", "5:1 FD306 the key \"kind\" stands here again 1:1"}},
		"same key elsewhere":       {"kind: A\na: {x: 1, y: {x: 2}}\nb: {x: 1}\n", []string{"A 1 #0"}},
		"many keys":                {strings.Join(strings.Split("kind,a,b,c,d,e,f,g,h,i,j,k,a", ","), ": A\n") + ": A\n", []string{"A 1 #0", "13:1 FD306 the key \"a\" stands here again 2:1"}},
		"conflict":                 {"kind: A\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n---\n<<<<<<< HEAD\n=======\n>>>>>>> b\n---\n" + good, []string{"A 12 #2", "2:1 FD305 holds merge-conflict markers"}},
		"Go template":              {"{{- if .Values.x }}\nkind: A\n{{- end }}\n---\nname: {{ .Values.y }}\n---\n" + good, []string{"A 7 #2", "1:1 FD307 looks like a template"}},
		"Jinja":                    {"kind: A\n{% for x in y %}\na: 1\n{% endfor %}\n", []string{"2:1 FD307 looks like a template"}},
		"template value":           {"kind: A\nname: {{ x }}\n", []string{"2:7 FD307 looks like a template"}},
		"template in texts":        {"kind: A\na: '{{ x }}'\nb: a-{{ x }}\nc: |\n  {{ x }}\n", []string{"A 1 #0"}},
		"broken beside a template": {"kind: A\na: '{{ x }}'\nb: c: d\n", []string{"3:5 FD305 a second \": \""}},
		"deep":                     {strings.Repeat("[", 1500) + strings.Repeat("]", 1500), []string{"1:1001 FD308 nests deeper than 1000 levels"}},
		"deeper":                   {strings.Repeat("[", 100_000), []string{"1: FD305 exceeded max depth of 10000"}},
		"billion laughs":           {laughs(10) + "---\n" + good, []string{"A 13 #1", "1:1 FD308 its aliases expand it by more than 100000 nodes"}},
		"few laughs":               {laughs(3), []string{" 1 #0"}},
		"too large":                {strings.Repeat("#\n", maxFile/2) + good, []string{"1: FD308 has 10 MiB"}},
		"too many nodes":           {strings.Repeat("[,", maxMarks/2+1), []string{"1: FD308 may hold"}},
		"long":                     {"kind: A\na:\n" + strings.Repeat("- b # c\n", 100_000) + "x: y: z\n", []string{"100003: FD305 a second \": \""}},
		"long and good":            {"kind: A\na:\n" + strings.Repeat("# c\n- b: |\n    x\n", 33_000), []string{"A 1 #0"}},
		"comments without end":     {"kind: A\n" + strings.Repeat("# c\n", 100_000), []string{"A 1 #0"}},
	} {
		t.Run(name, func(t *testing.T) {
			docs, found := Parse("f.yaml", []byte(test.text))
			var got []string
			for _, d := range docs {
				got = append(got, fmt.Sprintf("%s %d #%d", d.Kind(), d.Line(), d.Index))
			}
			for i, d := range found {
				line := fmt.Sprintf("%s %s %s", strings.TrimPrefix(d.Position.String(), "f.yaml:"), d.Code, d.Message)
				if d.Position.Column == 0 {
					line = strings.Replace(line, " ", ": ", 1)
				}
				for _, r := range d.Related {
					line += strings.TrimPrefix(r.Position.String(), "f.yaml:")
				}
				// Enough to tell it.
				if want := len(docs) + i; want < len(test.want) {
					head, tail := cutLast(test.want[want])
					if strings.HasPrefix(line, test.want[want]) || tail != "" && strings.HasPrefix(line, head) && strings.HasSuffix(line, tail) {
						line = test.want[want]
					}
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// cutLast takes the place of a related position off.
func cutLast(s string) (head, tail string) {
	at := strings.LastIndexByte(s, ' ')
	if at < 0 || !strings.Contains(s[at:], ":") {
		return s, ""
	}
	return s[:at], s[at+1:]
}

// laughs is a document whose aliases expand to 10 to the power of n.
func laughs(n int) string {
	text := "a0: &a0 x\n"
	for i := range n {
		text += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return text
}
