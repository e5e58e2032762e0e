package plan

import "strings"

// command writes a command to be copied: where it is too long for a line, it goes on in
// the next one behind a backslash.
func (t *teardownPrinter) command(indent, text string) {
	line := indent
	for i, word := range shellWords(text) {
		word = printable(word)
		switch {
		case i == 0:
			line += word
		case width(line)+len(" ")+width(word)+len(` \`) > maxWidth:
			t.line(line + ` \`)
			line = indent + "  " + word
		default:
			line += " " + word
		}
	}
	t.line(line)
}

// shellWords splits a command at the spaces that are not quoted, but for those between a
// short option and its value.
func shellWords(command string) []string {
	var words []string
	quoted, start := false, 0
	for i := 0; i < len(command); i++ {
		switch c := command[i]; {
		case c == '\'':
			quoted = !quoted
		case c == '\\' && !quoted:
			i++
		case c == ' ' && !quoted && !shortOption(command[start:i]):
			words = append(words, command[start:i])
			start = i + 1
		}
	}
	return append(words, strings.TrimSpace(command[start:]))
}

func shortOption(word string) bool { return len(word) == len("-n") && word[0] == '-' }
