import {INPUT} from '../onnx/input';
import {threadsOfRun} from '../threads';
import {requirePeer} from './installed';

/** What is used of onnxruntime-common's API, which both packages have. */
interface OnnxRuntime {
  env: {wasm: {numThreads?: number}};
  Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
  InferenceSession: {create(model: string, options: object): Promise<InferenceSession>};
}
interface OnnxTensor {
  data: Float32Array;
}
interface InferenceSession {
  readonly outputNames: readonly string[];
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
}
export interface Session {
  runtime: OnnxRuntime;
  session: InferenceSession;
}

/** A model, with every optimization of the graph. */
export async function createSession(packageName: string, file: string): Promise<Session> {
  const runtime = requirePeer(packageName) as OnnxRuntime;
  const isWeb = packageName === 'onnxruntime-web';
  if (isWeb) runtime.env.wasm.numThreads = threadsOfRun();
  const session = await runtime.InferenceSession.create(file, {
    executionProviders: [isWeb ? 'wasm' : 'cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threadsOfRun(),
    interOpNumThreads: 1,
  });
  return {runtime, session};
}

export async function runSession(
  {runtime, session}: Session,
  images: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  const outputs = await session.run({[INPUT]: new runtime.Tensor('float32', images, shape)});
  return outputs[session.outputNames[0]].data;
}
