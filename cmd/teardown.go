package cmd

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
)

// teardown prints the order in which to delete nodes.
func (p *planning) teardown(c *cobra.Command, r *revisions, nodes []string) error {
	head, err := r.revision(p.head)
	if err != nil {
		return err
	}
	every, err := r.side(c, head)
	if err != nil {
		return err
	}
	if err := r.found(every, head.Name); err != nil {
		return err
	}
	sides, err := p.choose(every, nil)
	if err != nil {
		return err
	}
	chosen, err := namedNodes(sides, nodes)
	if err != nil {
		return err
	}
	all := []plan.Teardown{}
	complete := true
	clusters := building(every)
	for i, s := range sides {
		if len(nodes) == 0 || len(chosen[i]) > 0 {
			s.Elsewhere = elsewhere(clusters, s.Name)
			all = append(all, plan.Destroy(s, chosen[i]))
			complete = complete && len(s.Unread) == 0
		}
	}
	if err := r.placeFiles(head, clusters, all); err != nil {
		return err
	}
	print := map[string]func(io.Writer, []plan.Teardown) error{"text": plan.DestroyText, "json": plan.DestroyJSON, "markdown": plan.DestroyMarkdown}[p.format.String()]
	if err := print(c.OutOrStdout(), all); err != nil {
		return fmt.Errorf("cannot print the teardown: %w", err)
	}
	if !complete {
		return cli.ErrFindings
	}
	return nil
}

// namedNodes returns the keys of the nodes that are named, namespace/name or a name alone, by
// side.
func namedNodes(sides []plan.Side, nodes []string) ([][]string, error) {
	chosen := make([][]string, len(sides))
	for _, node := range nodes {
		var known []string
		found := false
		for i, s := range sides {
			for v := range s.Graph.Vertices() {
				if v.Key() == node || v.Object().Name == node {
					chosen[i], found = append(chosen[i], v.Key()), true
				}
				name := v.Object().Name
				if strings.Contains(node, "/") {
					name = v.Key()
				}
				known = append(known, name)
			}
		}
		if !found {
			return nil, cli.Hint(fmt.Errorf("no cluster has a node %q", node), cmp.Or(isCluster(sides, node), notRead(sides), cli.DidYouMean(node, known), "fluxdag graph lists the nodes"))
		}
	}
	return chosen, nil
}

// isCluster says how to name a cluster that was named as a node.
func isCluster(sides []plan.Side, name string) string {
	if slices.ContainsFunc(sides, func(s plan.Side) bool { return s.Name == name }) {
		return "that is a cluster: --cluster " + name
	}
	return ""
}

// notRead says where a node may be that was not found.
func notRead(sides []plan.Side) string {
	for _, s := range sides {
		if len(s.Unread) > 0 {
			return fmt.Sprintf("it may be in what could not be read: %s: %s (%s)", s.Unread[0].Position, s.Unread[0].Message, s.Unread[0].Code)
		}
	}
	return ""
}
