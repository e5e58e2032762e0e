package gen

import (
	"reflect"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"pgregory.net/rapid"
)

// nasty are strings that some YAML reader takes for something else, or that are
// hard to lay out.
var nasty = []string{
	"yes", "no", "on", "off", "y", "n", "null", "~", "true", "False", "0x1f", "0o17", "017", "1_000", "1:20", "1e3", ".inf", ".NaN",
	"1.0", "-1", "+1", "2026-11-24", "2026-11-24T10:00:00Z", "", " ", " lead", "trail ", "a: b", "a #b", "- a", "? a", "&a", "*a", "!a", "%a", "@a", "`a",
	"{a}", "[a]", "'", `"`, `\`, "<<", "=", "---", "...", "--- a", "a\nb", "a\n", "a\n\n", "\na", "\t\n", "  a\n b", "a\n  b\n", "a \nb", "\ta", "a\tb", "a\r\nb", "a\rb",
	"\x00", "\x07", "\x1b[0m", "\x7f", "\u0085", "\u00a0", "\u2028", "\ufeff", "\ufffe", "é", "日本語", "😀", "${VAR}", "${a:=b}", "|", ">", "|-\n a", "#", "a:", ":a", "key: |\n  x\n",
	strings.Repeat("long ", 60), strings.Repeat("x", 300),
}

func randomString(t *rapid.T) string {
	if rapid.Bool().Draw(t, "nasty") {
		return rapid.SampledFrom(nasty).Draw(t, "string")
	}
	return rapid.StringN(0, 40, 120).Draw(t, "string")
}

// fill gives every field of a value something, by reflection, so that a field
// which a newer API adds is tested without a change here.
func fill(v reflect.Value, text func() string) {
	switch v.Interface().(type) {
	case metav1.Duration:
		v.Set(reflect.ValueOf(metav1.Duration{Duration: 90 * time.Minute}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, text)
			fill(value, text)
			v.SetMapIndex(key, value)
		}
	case reflect.String:
		v.SetString(text())
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a field of kind " + v.Kind().String() + ": fill does not know it")
	}
}
