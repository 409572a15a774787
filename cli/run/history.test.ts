import {describe, expect, it} from 'vitest';
import {historyCsv, historyJson} from './history';

describe('the history', () => {
  const history = {loss: [0.5, 0.25], accuracy: [0.8, 0.9], val_loss: [0.125, 1e-7], val_accuracy: [1, 0]};

  it('as CSV has a line for each epoch, ended as RFC 4180 wants', () => {
    expect(historyCsv(history, [1.5, 2])).toBe(
      'epoch,seconds,loss,accuracy,val_loss,val_accuracy\r\n1,1.5,0.5,0.8,0.125,1\r\n2,2,0.25,0.9,1e-7,0\r\n',
    );
  });

  it('leaves empty what was not measured', () => {
    const {loss, accuracy} = history;
    expect(historyCsv({loss, accuracy}, [1.5]).split('\r\n').slice(1)).toEqual([
      '1,1.5,0.5,0.8,,',
      '2,,0.25,0.9,,',
      '',
    ]);
    expect(historyCsv({}, []).split('\r\n')).toHaveLength(2);
  });

  it('as JSON holds the same', () => {
    expect(JSON.parse(historyJson(history, [1.5]))[1]).toEqual({
      epoch: 2,
      seconds: null,
      loss: 0.25,
      accuracy: 0.9,
      val_loss: 1e-7,
      val_accuracy: 0,
    });
  });
});
