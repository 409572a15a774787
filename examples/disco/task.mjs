/** DISCO's own task "Handwritten Digit Recognition", with its model, for so many clients and rounds. */
import {defaultTasks} from '@epfml/discojs';

/**
 * @param {{scheme: 'federated' | 'decentralized', clients: number, rounds: number, epochs: number}} settings
 * @returns {import('@epfml/discojs').TaskProvider}
 */
export function mnistTask({scheme, clients, rounds, epochs}) {
  return {
    getModel: defaultTasks.mnist.getModel,
    getTask() {
      const task = defaultTasks.mnist.getTask();
      Object.assign(task.trainingInformation, {
        scheme,
        // Secure aggregation is among peers: a server that averages must see what it averages.
        aggregationStrategy: scheme === 'federated' ? 'mean' : 'secure',
        minNbOfParticipants: clients,
        epochs: rounds * epochs,
        roundDuration: epochs,
      });
      return task;
    },
  };
}
