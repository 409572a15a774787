import type {io} from '@tensorflow/tfjs-core';
import {RunError} from '../errors';

/** A node of a GraphDef, as a model.json has it. */
export interface GraphNode {
  name: string;
  op: string;
  /** Names, of which `:1` tells which output of the node is meant, and `^` a node that only has to run before. */
  input: readonly string[];
}

/** What only `executeAsync` runs: which operations run, or how much they give, depends on the numbers. */
const ASYNCHRONOUS =
  /^(Switch|Merge|Enter|Exit|NextIteration|LoopCond|(Stateless)?(If|While)|Where|NonMaxSuppression\w*|HashTable\w*|LookupTable\w+)$/;

/** The nodes of a graph model's topology. @throws RunError where they are none. */
export function nodesOf(location: string, topology: io.ModelArtifacts['modelTopology']): GraphNode[] {
  const {node} = topology as {node?: unknown};
  const nodes = (Array.isArray(node) ? node : []).map((item: Partial<GraphNode> | null) => ({
    name: item?.name,
    op: item?.op,
    input: item?.input ?? [],
  }));
  if (nodes.length === 0) throw new RunError(`${location} is a graph model without operations`);
  if (nodes.every(isNode)) return nodes;
  throw new RunError(`${location} is a graph model with nodes that lack a name or an operation: it is damaged`);
}

function isNode(node: {name: unknown; op: unknown; input: unknown}): node is GraphNode {
  const {name, op, input} = node;
  const isText = (value: unknown) => typeof value === 'string';
  return isText(name) && isText(op) && Array.isArray(input) && input.every(isText);
}

/** @throws RunError where the graph has control flow, with the names of what is of that kind */
export function assertSynchronous(location: string, nodes: readonly GraphNode[]): void {
  const found = nodes.filter(({op}) => ASYNCHRONOUS.test(op));
  if (found.length === 0) return;
  const some = found.slice(0, 3).map(({name, op}) => `${op} "${name}"`);
  const more = found.length > some.length ? ` and ${found.length - some.length} more` : '';
  throw new RunError(
    `cannot run ${location}: its graph has control flow (${some.join(', ')}${more}). In JavaScript executeAsync of ` +
      '@tensorflow/tfjs-converter runs it',
  );
}

/** The name of the node that an input is of. */
export function nodeName(input: string): string {
  return input.replace(/^\^/, '').replace(/:\d+$/, '');
}

/** Operations that give their input as it is, or in another shape. */
const PASSING = /^(Identity|Reshape|Squeeze|ExpandDims|StopGradient|Snapshot)$/;
const ACTIVATIONS: Record<string, string> = {Softmax: 'softmax', Sigmoid: 'sigmoid'};

/** The activation that an output comes out of, as tfjs-layers names it; undefined where it is none of these. */
export function activationOf(nodes: readonly GraphNode[], output: string): string | undefined {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  let node = byName.get(nodeName(output));
  // A damaged graph may have circles.
  for (let steps = 0; node && PASSING.test(node.op) && steps < nodes.length; steps++) {
    node = byName.get(nodeName(node.input[0] ?? ''));
  }
  return node && Object.hasOwn(ACTIVATIONS, node.op) ? ACTIVATIONS[node.op] : undefined;
}

/**
 * The weights of each operation: those that are among its inputs, also through nodes that pass on, at the first operation
 * that takes them.
 */
export function weightsOf(nodes: readonly GraphNode[], weights: ReadonlySet<string>): Map<string, string[]> {
  const given = new Map<string, string>([...weights].map((name) => [name, name]));
  const taken = new Set<string>();
  const result = new Map<string, string[]>();
  for (const {name, op, input} of nodes) {
    const own = input.map((item) => given.get(nodeName(item))).filter((weight) => weight !== undefined);
    if (PASSING.test(op) && own.length > 0 && input.length === 1) {
      given.set(name, own[0]);
      continue;
    }
    const first = own.filter((weight) => !taken.has(weight));
    for (const weight of first) taken.add(weight);
    if (!weights.has(name)) result.set(name, first);
  }
  return result;
}
