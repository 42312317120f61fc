#!/bin/sh
# The images that a machine without internet needs, one a line, for `talosctl images cache-create`: ours, and those of the
# operators that are installed. Those of Talos and Kubernetes come from `talosctl images k8s-bundle`.
#   k8s/talos/images.sh >> images.txt
set -eu
cd "$(dirname "$0")/../.."
kubectl kustomize k8s/overlays/backpack | sed -n 's/^ *image: *//p'
