using Workerd = import "/workerd/workerd.capnp";

# `npm start` serves this on one machine. On Cloudflare's network wrangler.jsonc takes its place.
const config :Workerd.Config = (
  services = [(name = "predict", worker = .predict)],
  sockets = [(name = "http", address = "127.0.0.1:8080", http = (), service = "predict")],
);

const predict :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "dist/worker.js"),
    (name = "model.wasm", wasm = embed "model.wasm"),
  ],
  compatibilityDate = "2026-11-01",
);
