package plane

import (
	"os"
	"path/filepath"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/util/keyutil"
)

// writeKey writes the key that the API server signs service accounts' tokens with.
func writeKey(dir string) (string, error) {
	key, err := keyutil.MakeEllipticPrivateKeyPEM()
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "service-account.pem")
	return file, os.WriteFile(file, key, 0o600)
}

// writeKubeconfig writes the file by which the controllers find the API server.
func writeKubeconfig(dir string, c *rest.Config) (string, error) {
	config := api.NewConfig()
	config.Clusters["e2e"] = &api.Cluster{Server: c.Host, InsecureSkipTLSVerify: true}
	config.AuthInfos["e2e"] = &api.AuthInfo{Token: c.BearerToken}
	config.Contexts["e2e"] = &api.Context{Cluster: "e2e", AuthInfo: "e2e"}
	config.CurrentContext = "e2e"
	file := filepath.Join(dir, "kubeconfig")
	return file, clientcmd.WriteToFile(*config, file)
}
