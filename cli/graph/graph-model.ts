import type {GraphModel} from '@tensorflow/tfjs-converter';
import {
  type DataType,
  dispose,
  io,
  type NamedTensorMap,
  type Tensor,
  util,
  version_core,
  zeros,
} from '@tensorflow/tfjs-core';
import {isNotInstalled} from '../../common/node/installed';
import type {OperationsModel, Port} from '../../recipes';
import {RunError} from '../errors';
import {activationOf, assertSynchronous, type GraphNode, nodeName, nodesOf, weightsOf} from './operations';

/** A model.json that holds a graph, read and not yet built. */
export interface GraphFile {
  location: string;
  artifacts: io.ModelArtifacts;
}

/** An operation of a graph, for people. */
export interface Operation {
  name: string;
  op: string;
  /** What it gives; null is the batch. Undefined where it cannot be told. */
  shape?: (number | null)[];
  parameters: number;
  inputs: string[];
}

/** The side that an image has where a model leaves it open. */
const OPEN_SIDE = 28;

/** A graph model as a model of operations, which tfjs-converter runs on the backend that is active. */
export class RunnableGraph implements OperationsModel {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly activation: string | undefined;

  private constructor(
    private readonly location: string,
    private readonly model: GraphModel,
    private readonly nodes: readonly GraphNode[],
    private readonly specs: readonly io.WeightsManifestEntry[],
  ) {
    this.inputs = model.inputs.map(({name, shape, dtype}) => {
      if (!shape) throw new RunError(`cannot run ${location}: its graph does not tell the shape of the input ${name}`);
      return {name, dtype, shape: shape.map((side) => (side < 0 ? null : side))};
    });
    this.outputs = this.shapesOf(1).map((shape, i) => ({
      name: model.outputs[i].name,
      shape: [null, ...shape.slice(1)],
    }));
    this.activation = activationOf(nodes, model.outputs[0].name);
  }

  /** @throws RunError where tfjs-converter is not installed, or cannot run the graph. */
  static async load({location, artifacts}: GraphFile): Promise<RunnableGraph> {
    const nodes = nodesOf(location, artifacts.modelTopology);
    assertSynchronous(location, nodes);
    const {loadGraphModel} = await importConverter(location);
    const model = await loadGraphModel(io.fromMemory(artifacts)).catch((error: unknown) => {
      throw cannotRun(location, error);
    });
    try {
      return new RunnableGraph(location, model, nodes, artifacts.weightSpecs ?? []);
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  dispose(): void {
    this.model.dispose();
  }

  countParams(): number {
    return this.specs.reduce((sum, spec) => sum + parametersOf(spec), 0);
  }

  predictOnBatch(xs: Tensor): Tensor {
    return this.execute({[this.model.inputNodes[0]]: xs})[0];
  }

  /** What is computed, in the graph's order, and with how many parameters. */
  operations(): Operation[] {
    const sizes = new Map(this.specs.map((spec) => [spec.name, parametersOf(spec)]));
    const weights = weightsOf(this.nodes, new Set(sizes.keys()));
    const computed = this.nodes.filter(({name}) => weights.has(name));
    const shapes = this.openShapesOf(computed.map(({name}) => name));
    return computed.map(({name, op, input}, i) => ({
      name,
      op,
      shape: shapes?.[i],
      parameters: (weights.get(name) ?? []).reduce((sum, weight) => sum + (sizes.get(weight) ?? 0), 0),
      inputs: input.map(nodeName),
    }));
  }

  /** Found by trying: a side that changes with the batch is the batch. Undefined where a node gives no tensor. */
  private openShapesOf(names: string[]): (number | null)[][] | undefined {
    try {
      const [two, three] = [2, 3].map((batch) => this.shapesOf(batch, names));
      return two.map((shape, i) => shape.map((side, axis) => (side === three[i][axis] ? side : null)));
    } catch {
      return undefined;
    }
  }

  /** The shapes that the nodes give for a batch of blank images; of the model's outputs, where no names are given. */
  private shapesOf(batch: number, names?: string[]): number[][] {
    const inputs = this.inputs.map(({shape, dtype}, i) => {
      const closed = shape.map((side, axis) => side ?? (axis === 0 ? batch : OPEN_SIDE));
      return [this.model.inputNodes[i], zeros(closed, dtype as DataType)] as const;
    });
    try {
      const outputs = this.execute(Object.fromEntries(inputs), names);
      dispose(outputs);
      return outputs.map(({shape}) => shape);
    } finally {
      dispose(inputs.map(([, blank]) => blank));
    }
  }

  private execute(inputs: NamedTensorMap, names = this.model.outputNodes): Tensor[] {
    try {
      return [this.model.execute(inputs, names)].flat();
    } catch (error) {
      throw cannotRun(this.location, error);
    }
  }
}

/** What else is in the file are shapes, axes and the like. */
function parametersOf({shape, dtype}: io.WeightsManifestEntry): number {
  return dtype === 'float32' ? util.sizeFromShape(shape) : 0;
}

function cannotRun(location: string, error: unknown): RunError {
  return new RunError(`cannot run the graph model ${location}; tfjs-converter says: ${(error as Error).message}`, {
    cause: error,
  });
}

/** Of an application that has it: it is as large as tfjs-layers, and most need none. */
async function importConverter(location: string): Promise<typeof import('@tensorflow/tfjs-converter')> {
  try {
    return await import('@tensorflow/tfjs-converter');
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    throw new RunError(
      `${location} is a graph model, and needs a package: npm install @tensorflow/tfjs-converter@${version_core}`,
    );
  }
}
