package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// NotEmpty refuses a flag that was given an empty value, as an unset variable of a shell
// leaves it: a check in CI would go on without what it was to look for.
func NotEmpty(c *cobra.Command) error {
	var err error
	c.Flags().Visit(func(f *pflag.Flag) {
		values, several := f.Value.(pflag.SliceValue)
		if several && (len(values.GetSlice()) == 0 || slices.Contains(values.GetSlice(), "")) || !several && f.Value.String() == "" {
			err = Hint(fmt.Errorf("--%s is empty", f.Name), "give it a value, or leave it out; a variable of the shell that is not set is empty too")
		}
	})
	return err
}
