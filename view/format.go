package view

import "io"

// Format is one way of writing graphs down.
type Format struct {
	// Name is what the command line calls the format.
	Name string
	// Write writes the graphs.
	Write func(io.Writer, []Cluster) error
}

// Formats returns the formats, the default first.
func Formats() []Format {
	return []Format{{"text", Text}, {"json", JSON}, {"markdown", writeMarkdown}, {"dot", Dot}, {"mermaid", writeMermaid}, {"svg", writeSVG}, {"html", writeHTML}}
}
