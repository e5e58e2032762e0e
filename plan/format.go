package plan

import (
	"encoding/json"
	"io"
)

// JSON writes a plan as docs/plan.schema.json describes it.
func JSON(w io.Writer, p *Plan) error { return encode(w, p) }

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
