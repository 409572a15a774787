// DISCO's server imports @tensorflow/tfjs-node for its effect, a faster backend. Here mnist-wasm is that backend.
