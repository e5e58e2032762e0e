package cli

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// FlagError adds the flag or command spelt most like an unknown flag.
func FlagError(c *cobra.Command, err error) error {
	hint := c.CommandPath() + " --help lists the flags"
	if name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --"); unknown {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		hint = cmp.Or(DidYouMean("--"+name, names), hint)
		if name == "flux-version" { // judging by the CRD
			hint = "the program cmd/fluxdag has it, and yours with full.Main instead of cmd.Main"
		}
		if verb, _, err := c.Root().Find([]string{name}); err == nil && verb != c.Root() {
			hint = "did you mean the command " + verb.CommandPath() + "?"
		}
	}
	return Hint(plainly(err), hint)
}

// plainly says what a flag takes where pflag repeats what package strconv says.
func plainly(err error) error {
	invalid, is := errors.AsType[*pflag.InvalidValueError](err)
	number, parsed := errors.AsType[*strconv.NumError](err)
	if !is || !parsed {
		return err
	}
	use := "use a whole number"
	if number.Func == "ParseBool" {
		use = "use true or false"
	}
	return fmt.Errorf("invalid argument %q for \"--%s\" flag: %s", invalid.GetValue(), invalid.GetFlag().Name, use)
}

// AtMost refuses more than n arguments.
func AtMost(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) <= n:
			return nil
		case n == 0:
			return Hint(fmt.Errorf("%s takes no argument, but was given %q", c.CommandPath(), args[0]), "leave it out")
		}
		return Hint(fmt.Errorf("%s takes at most %s, but was given %q as well", c.CommandPath(), Plural(n, "argument"), args[n]), "leave it out")
	}
}

// NoVerb refuses what is no verb, with the nearest one.
func NoVerb(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, sub := range c.Commands() {
		verbs = append(verbs, sub.Name())
	}
	hint := cmp.Or(DidYouMean(args[0], verbs), c.CommandPath()+" --help lists the commands")
	return Hint(fmt.Errorf("unknown command %q", args[0]), hint)
}

// DidYouMean returns a hint with the candidate spelt most like name, or nothing
// when none is near.
func DidYouMean(name string, candidates []string) string {
	if best := Nearest(name, candidates); best != "" {
		return "did you mean " + best + "?"
	}
	return ""
}

// Nearest returns the candidate spelt most like name, or nothing when in all of
// them more than half of it is wrong. The same last part, behind another namespace or folder, is
// nearer than any spelling.
func Nearest(name string, candidates []string) string {
	best, distance := "", len(name)/2+1
	last := func(s string) string { return strings.ToLower(s[strings.LastIndex(s, "/")+1:]) }
	same := func(c string) bool { return strings.Contains(c, "/") && last(c) == last(name) }
	if strings.Contains(name, "/") && last(name) != "" && slices.ContainsFunc(candidates, same) {
		candidates = slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return !same(c) })
		distance = math.MaxInt
	}
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := levenshtein.Distance(strings.ToLower(name), strings.ToLower(c), nil); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// Plural writes how many of a thing there are. The noun is one with a regular plural.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok && !strings.ContainsAny(stem[len(stem)-1:], "aeiou") {
		noun = stem + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
