import {env, InferenceSession, Tensor} from 'onnxruntime-web';
import {finish, readImage, readOnnx} from './task.mjs';

env.wasm.numThreads = 1;
const session = await InferenceSession.create(readOnnx(), {executionProviders: ['wasm']});
const outputs = await session.run({images: new Tensor('float32', readImage(), [1, 1, 28, 28])});
finish(outputs[session.outputNames[0]].data);
