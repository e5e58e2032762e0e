package fleet

import (
	"context"
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Deployment returns the manifest of a Deployment. No kubelet runs: it is as healthy
// as its status says.
func Deployment(namespace, name string) string { return workload("Deployment", namespace, name) }

// DaemonSet returns the manifest of a DaemonSet.
func DaemonSet(namespace, name string) string { return workload("DaemonSet", namespace, name) }

func workload(kind, namespace, name string) string {
	return fmt.Sprintf(`apiVersion: apps/v1
kind: %[1]s
metadata: {name: %[3]s, namespace: %[2]s}
spec:
  selector: {matchLabels: {app: %[3]s}}
  template:
    metadata: {labels: {app: %[3]s}}
    spec: {containers: [{name: c, image: none}]}
`, kind, namespace, name)
}

// ConfigMap returns the manifest of a ConfigMap with one value.
func ConfigMap(namespace, name, value string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: %s}\ndata: {value: %q}\n", name, namespace, value)
}

// Healthy gives a Deployment or DaemonSet, by kind and name, the status that its
// controller would give it once every pod is available.
func (f *Fleet) Healthy(kind, namespace, name string) {
	f.t.Helper()
	object := map[string]client.Object{"Deployment": &appsv1.Deployment{}, "DaemonSet": &appsv1.DaemonSet{}}[kind]
	f.Until(kind+" "+name+" has its status", func() (bool, string) {
		if err := f.Client.Get(f.ctx(), client.ObjectKey{Namespace: namespace, Name: name}, object); err != nil {
			return false, err.Error()
		}
		healthy(object)
		err := f.Client.Status().Update(f.ctx(), object)
		if err != nil && !apierrors.IsConflict(err) {
			f.fail("%v", err)
		}
		return err == nil, "conflict"
	})
}

// healthy sets the status of an object all of whose pods are available.
func healthy(object client.Object) {
	switch o := object.(type) {
	case *appsv1.Deployment:
		o.Status = appsv1.DeploymentStatus{ObservedGeneration: o.Generation, Replicas: 1, UpdatedReplicas: 1, ReadyReplicas: 1, AvailableReplicas: 1,
			Conditions: []appsv1.DeploymentCondition{
				{Type: appsv1.DeploymentAvailable, Status: corev1.ConditionTrue, Reason: "MinimumReplicasAvailable"},
				{Type: appsv1.DeploymentProgressing, Status: corev1.ConditionTrue, Reason: "NewReplicaSetAvailable"},
			}}
	case *appsv1.DaemonSet:
		o.Status = appsv1.DaemonSetStatus{ObservedGeneration: o.Generation, DesiredNumberScheduled: 1, CurrentNumberScheduled: 1, UpdatedNumberScheduled: 1, NumberReady: 1, NumberAvailable: 1}
	}
}

// HealthyWhenThere makes every Deployment of the fleet healthy as soon as it is applied,
// until the test ends.
func (f *Fleet) HealthyWhenThere() {
	f.t.Helper()
	ctx, stop := context.WithCancel(f.ctx())
	f.t.Cleanup(stop)
	go func() {
		for ; ctx.Err() == nil; time.Sleep(300 * time.Millisecond) {
			var all appsv1.DeploymentList
			if err := f.Client.List(ctx, &all, client.InNamespace(f.Namespace)); err != nil {
				continue // looked at again
			}
			for i := range all.Items {
				if all.Items[i].Status.AvailableReplicas == 0 {
					healthy(&all.Items[i])
					_ = f.Client.Status().Update(ctx, &all.Items[i]) // or next time
				}
			}
		}
	}()
}
