/** Validates Kubernetes objects, given as JSON, by the schemas of its API; silent if all is well. */
for (const object of JSON.parse(process.argv[2])) {
  const {[object.kind]: Model} = await import(`kubernetes-models/${object.apiVersion}/${object.kind}`);
  new Model(object).validate();
}
