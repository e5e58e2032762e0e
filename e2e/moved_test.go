package e2e

import (
	"testing"
	"time"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"github.com/tazlab/fluxdag/gen"
)

// moving is a cluster whose node is going to have another name. A dependent waits for it,
// whatever it is called.
type moving struct {
	*fleet.Fleet
	t       *testing.T
	written map[string]bool // the generated files that are there
	uid     string          // of the ConfigMap that must not be deleted
}

// startMoving brings up the node "old", which applies the ConfigMaps data and other.
func startMoving(t *testing.T, namespace string) *moving {
	t.Helper()
	m := &moving{Fleet: suite.New(t, namespace), t: t, written: map[string]bool{}}
	m.declare("old", "./apps", nil, map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(namespace, root),
		"apps/data.yaml":                     fleet.ConfigMap(namespace, "data", "1"),
		"apps/other.yaml":                    fleet.ConfigMap(namespace, "other", "1"),
		"site/site.yaml":                     fleet.ConfigMap(namespace, "site", "1"),
	})
	m.Bootstrap(sync(namespace, root))
	m.Ready("old", "site")
	m.uid = m.uidOfData()
	return m
}

func (m *moving) uidOfData() string { return string(m.Object("ConfigMap", "data").GetUID()) }

// declare pushes what is generated for the node under a name, and other files, in one commit.
func (m *moving) declare(name, path string, move *dag.Moved, files map[string]string) {
	m.t.Helper()
	node := dag.Declare(dag.Node{Name: name, Path: path})
	site := dag.Declare(dag.Node{Name: "site", Path: "./site", DependsOn: []dag.Ref{node}})
	c := dag.Cluster{Name: "c", Dir: root, Nodes: []dag.Ref{node, site}, Defaults: dag.Defaults{
		Namespace: m.Namespace, Interval: 10 * time.Minute, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	if move != nil {
		move.To = node
		c.Moved = []dag.Moved{*move}
	}
	graph := dag.Resolve(c)
	if found := graph.Check(); found.Has(dag.Error) {
		m.t.Fatal(found)
	}
	generated, err := gen.YAML(graph)
	if err != nil {
		m.t.Fatal(err)
	}
	if files == nil {
		files = map[string]string{}
	}
	now := map[string]bool{}
	for _, file := range generated {
		files[file.Path], now[file.Path] = string(file.Data), true
	}
	for stale := range m.written {
		if !now[stale] {
			files[stale] = ""
		}
	}
	m.written = now
	m.Push(files)
}

func (m *moving) suspended() {
	m.t.Helper()
	m.Until("old is suspended", func() (bool, string) { return m.Kustomization("old").Spec.Suspend, "" })
}

// finish waits until the new one has taken over, and takes the old one away.
func (m *moving) finish(path string) {
	m.t.Helper()
	m.Ready("new", "site")
	m.OwnedBy("new", "ConfigMap", "data")
	m.kept("before the old one is deleted")
	m.declare("new", path, nil, nil)
	m.Absent("Kustomization", "old")
	m.Reconcile("new")
	m.Ready("new", "site")
	m.kept("after the old one was deleted")
}

func (m *moving) kept(when string) {
	m.t.Helper()
	if uid := m.uidOfData(); uid != m.uid {
		m.t.Errorf("%s, the object is another: %s, not %s", when, uid, m.uid)
	}
}

// moveContent is a commit that moves one of two objects to a folder of its own.
func (m *moving) moveContent() map[string]string {
	return map[string]string{"apps/data.yaml": "", "data/data.yaml": fleet.ConfigMap(m.Namespace, "data", "1"), "data/other.yaml": fleet.ConfigMap(m.Namespace, "third", "1")}
}

// TestMoved runs what dag.Moved generates.
func TestMoved(t *testing.T) {
	t.Parallel()
	t.Run("one commit", func(t *testing.T) {
		t.Parallel()
		m := startMoving(t, "moved-at-once")
		m.declare("new", "./apps", &dag.Moved{From: "old"}, nil)
		m.finish("./apps")
		table.Add(proof.Row{Claim: "dag.Moved: one commit suspends the old and creates the new, a later one deletes the old: nothing is deleted", Observed: "the ConfigMap has the same UID after each"})
	})
	t.Run("prepared", func(t *testing.T) {
		t.Parallel()
		m := startMoving(t, "moved-prepared")
		m.declare("new", "./apps", &dag.Moved{From: "old", Prepare: true}, nil)
		m.suspended()
		m.kept("while the old one is suspended")
		m.declare("new", "./apps", &dag.Moved{From: "old"}, nil)
		m.finish("./apps")
		table.Add(proof.Row{Claim: "dag.Moved with Prepare: the old is suspended in a commit of its own: nothing is deleted", Observed: "the ConfigMap has the same UID after each of three commits"})
	})
	t.Run("prepared, with another path", func(t *testing.T) {
		t.Parallel()
		m := startMoving(t, "moved-content")
		m.declare("new", "./apps", &dag.Moved{From: "old", Prepare: true}, nil)
		m.suspended()
		m.declare("new", "./data", &dag.Moved{From: "old"}, m.moveContent())
		m.finish("./data")
		m.Exists("ConfigMap", "other") // what nobody applies any more stays
		table.Add(proof.Row{Claim: "dag.Moved with Prepare: the rename may move objects to another path as well", Observed: "the ConfigMap has the same UID; one that is applied no longer stays"})
	})
	t.Run("naive", func(t *testing.T) {
		t.Parallel()
		m := startMoving(t, "moved-naive")
		m.declare("new", "./apps", nil, nil)
		m.Absent("Kustomization", "old")
		m.Ready("new")
		m.Reconcile("new")
		if m.uidOfData() == m.uid {
			t.Error("the object is still the same")
		}
		table.Add(proof.Row{Claim: "The same rename without dag.Moved deletes the objects", Observed: "the ConfigMap has another UID"})
	})
	t.Run("one commit, with another path, too late", func(t *testing.T) {
		t.Parallel()
		m := startMoving(t, "moved-late")
		m.Suspend("flux-system") // so that it certainly comes later than the old one
		m.declare("new", "./data", &dag.Moved{From: "old"}, m.moveContent())
		m.Reconcile("old") // as the new revision makes it do
		m.Until("data is deleted", func() (bool, string) { return m.Object("ConfigMap", "data") == nil, "" })
		m.Resume("flux-system")
		m.Ready("new", "site")
		table.Add(proof.Row{Claim: "Without Prepare, a rename that moves objects to another path loses them where the old one sees the revision before it is suspended", Observed: "the ConfigMap was deleted"})
	})
	t.Run("one commit, with an object less, too late", func(t *testing.T) {
		t.Parallel()
		m := startMoving(t, "moved-less-late")
		m.Suspend("flux-system")
		m.declare("new", "./apps", &dag.Moved{From: "old"}, map[string]string{"apps/other.yaml": ""})
		m.Reconcile("old")
		m.Absent("ConfigMap", "other")
		m.Resume("flux-system")
		m.finish("./apps")
		table.Add(proof.Row{Claim: "Without Prepare, a rename deletes an object whose file the same commit removes where the old one sees the revision before it is suspended", Observed: "the ConfigMap whose file is gone was deleted, the other has the same UID"})
	})
	t.Run("one commit, with an object less, in time", func(t *testing.T) {
		t.Parallel()
		m := startMoving(t, "moved-less-early")
		m.Suspend("old") // so that it certainly is before it sees the revision
		m.declare("new", "./apps", &dag.Moved{From: "old"}, map[string]string{"apps/other.yaml": ""})
		m.finish("./apps")
		m.Exists("ConfigMap", "other")
		table.Add(proof.Row{Claim: "Without Prepare, a rename leaves behind an object whose file the same commit removes where the old one is suspended before it sees the revision", Observed: "both ConfigMaps are there; neither Kustomization applies that whose file is gone"})
	})
}
