import {useEffect, useReducer, useRef} from 'react';

const IDLE = {state: 'idle', progress: 0, epochs: []};

/** What the page shows after a message of the worker, or of the user. */
function reduce(shown, {type, ...content}) {
  if (type === 'start') return {...IDLE, state: 'running'};
  if (type === 'epoch') return {...shown, epochs: [...shown.epochs, content]};
  if (type === 'stop') return {...shown, state: 'idle'};
  // 'progress', 'done' and 'error' say what is new.
  return {...shown, ...content, state: type === 'progress' ? 'running' : 'idle'};
}

/** One training at a time, in a worker of its own; to stop it, the worker is ended. */
export function useTraining() {
  const worker = useRef(null);
  const [shown, dispatch] = useReducer(reduce, IDLE);
  useEffect(() => () => end(worker), []);
  const start = () => {
    end(worker);
    dispatch({type: 'start'});
    worker.current = new Worker(new URL('./train.worker.js', import.meta.url), {type: 'module'});
    worker.current.onmessage = ({data}) => dispatch(data);
    worker.current.onerror = ({message}) => dispatch({type: 'error', error: message});
  };
  const stop = () => {
    end(worker);
    dispatch({type: 'stop'});
  };
  return {...shown, start, stop};
}

function end(worker) {
  worker.current?.terminate();
  worker.current = null;
}
