import {io} from '@tensorflow/tfjs-core';
import {type LayersModel, loadLayersModel} from '@tensorflow/tfjs-layers';

/** A model as plain data, for another thread; its weights in a Blob, which is passed without being copied. */
export interface PackedModel {
  artifacts: io.ModelArtifacts;
  weights: Blob;
}

export async function packModel(model: LayersModel): Promise<PackedModel> {
  const {weightData, ...artifacts} = await artifactsOf(model);
  return {artifacts, weights: new Blob([weightData as ArrayBuffer])};
}

/** Uncompiled, on the active backend. */
export async function unpackModel({artifacts, weights}: PackedModel): Promise<LayersModel> {
  return loadLayersModel(io.fromMemory({...artifacts, weightData: await weights.arrayBuffer()}));
}

/** Structure and weights in TensorFlow.js's layers format. */
export async function artifactsOf(model: LayersModel): Promise<io.ModelArtifacts> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return {modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts)};
    }),
  );
  if (!saved) throw new Error('tfjs saved a model without calling its handler.');
  return saved;
}
