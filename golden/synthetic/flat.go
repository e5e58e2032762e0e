package synthetic

import "fmt"

// Flat returns the files, by path, of a repository with n Kustomizations beside each other
// and no kustomization.yaml: all of one path with a ConfigMap, or each of a folder of its
// own with a Deployment and a Service.
func Flat(n int, shared bool) map[string]string {
	files := map[string]string{"cluster/flux-system/gotk-sync.yaml": Kustomization("flux-system", "cluster") + source}
	if shared {
		files["apps/config.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n  namespace: default\n"
	}
	for i := range n {
		name, path := fmt.Sprintf("app-%05d", i), "apps"
		if !shared {
			path += "/" + name
			meta := "\nmetadata:\n  name: " + name + "\n  namespace: default\nspec:\n"
			files[path+"/deployment.yaml"] = "apiVersion: apps/v1\nkind: Deployment" + meta + "  selector: {matchLabels: {app: " + name + "}}\n  template:\n    metadata: {labels: {app: " + name +
				"}}\n    spec:\n      containers:\n        - name: main\n          image: example.org/image:1\n"
			files[path+"/service.yaml"] = "apiVersion: v1\nkind: Service" + meta + "  ports: [{port: 80}]\n"
		}
		files["cluster/"+name+".yaml"] = Kustomization(name, path)
	}
	return files
}
