package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Choice is the value of a flag that takes one of a few words.
type Choice struct {
	value string
	words []string
}

// NewChoice returns a flag value that takes any of the words; the first one is
// the default.
func NewChoice(words ...string) *Choice { return &Choice{words[0], words} }

// Format gives the command the flags -o and --format, which are the same one: the format of its
// output, by default the first.
func Format(c *cobra.Command, words ...string) *Choice {
	format := NewChoice(words...)
	c.Flags().VarP(format, "output", "o", "the output `format`: "+format.Words())
	c.Flags().Var(format, "format", "another name of --output `format`")
	c.Flags().Lookup("format").DefValue = "" // said once
	return format
}

// String returns the word that was chosen.
func (c *Choice) String() string { return c.value }

// Type is what cobra calls the value where the flag's usage does not name it.
func (c *Choice) Type() string { return "choice" }

// Words lists what can be chosen: "text, json or sarif".
func (c *Choice) Words() string {
	last := len(c.words) - 1
	return strings.Join(c.words[:last], ", ") + " or " + c.words[last]
}

// Set chooses a word.
func (c *Choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		return errors.New("use " + c.Words())
	}
	c.value = word
	return nil
}
