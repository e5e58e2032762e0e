// Package synthetic makes repositories of any size, for tests and benchmarks.
package synthetic

import (
	"fmt"
	"os"
	"path/filepath"
)

// Repository returns the files, by path, of a repository of n applications: each a Kustomization
// with a component, variables and a dependency, patched by its parent, that applies
// seven objects.
func Repository(n int) map[string]string {
	files := map[string]string{
		"cluster/flux-system/gotk-sync.yaml": Kustomization("flux-system", "cluster") + source,
		"cluster/kustomization.yaml":         "resources: [apps.yaml]\n",
		"cluster/apps.yaml": Kustomization("apps", "apps") + "  patches:\n  - target: {kind: Kustomization}\n    patch: |\n" +
			"      apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n      metadata: {name: any}\n      spec: {timeout: 5m, retryInterval: 2m}\n",
		"components/volume/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [claim.yaml, secret.yaml]\n",
		"components/volume/claim.yaml":         "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${APP}\nspec:\n  resources: {requests: {storage: \"${SIZE:=1Gi}\"}}\n",
		"components/volume/secret.yaml":        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${APP}-volume\nstringData: {key: \"${APP}\"}\n",
	}
	list := "resources:\n"
	for i := range n {
		name := fmt.Sprintf("app-%03d", i)
		list += "  - " + name + "/ks.yaml\n"
		ks := Kustomization(name, "apps/"+name+"/app") + "  targetNamespace: " + name +
			"\n  wait: true\n  components: [../../../components/volume]\n  postBuild: {substitute: {APP: " + name + "}}\n"
		if i > 0 {
			ks += fmt.Sprintf("  dependsOn: [{name: app-%03d}]\n", i/2)
		}
		files["apps/"+name+"/ks.yaml"] = ks
		dir := "apps/" + name + "/app/"
		files[dir+"kustomization.yaml"] = "resources: [release.yaml, source.yaml, route.yaml]\ncommonLabels: {app: " + name + "}\n" +
			"configMapGenerator:\n  - name: values\n    files: [values.txt]\n"
		files[dir+"values.txt"] = "replicas: 1\n"
		files[dir+"release.yaml"] = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${APP}\nspec:\n  interval: 1h\n" +
			"  chartRef: {kind: OCIRepository, name: \"${APP}\"}\n  values:\n" + values()
		files[dir+"source.yaml"] = "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata:\n  name: ${APP}\nspec:\n  interval: 1h\n  url: oci://example.org/charts/${APP}\n  ref: {tag: 1.0.0}\n"
		files[dir+"route.yaml"] = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: ${APP}\nspec:\n  hostnames: [\"${APP}.example.org\"]\n" +
			"---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${APP}\nspec:\n  ports: [{port: 80}]\n"
	}
	files["apps/kustomization.yaml"] = list
	return files
}

// values is what a chart of some size is given.
func values() string {
	s := ""
	for i := range 12 {
		s += fmt.Sprintf("    section%d:\n      enabled: true\n      image: {repository: example.org/image, tag: \"1.%d\"}\n      env: [{name: NAME, value: \"${APP}\"}]\n", i, i)
	}
	return s
}

const source = "---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: flux-system\n" +
	"  namespace: flux-system\nspec:\n  interval: 1h\n  url: https://example.org/fleet\n"

// Kustomization returns a Kustomization with the least that Flux asks for.
func Kustomization(name, path string) string {
	return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: " + name +
		"\n  namespace: flux-system\nspec:\n  interval: 1h\n  prune: true\n  path: ./" + path +
		"\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n"
}

// Write writes files into a folder.
func Write(dir string, files map[string]string) error {
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
