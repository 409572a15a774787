import type {Results} from '../results';
import {findPeers} from '.';
import type {FoundPeer} from './peer';

/** Those of the peers that are there; tells of the others. */
export async function findAndNote(names: readonly string[], results: Results): Promise<FoundPeer[]> {
  const {found, missing} = await findPeers(names);
  for (const {peer, version} of found) results.versions[peer.name] = version;
  results.missing = missing;
  for (const [name, reason] of Object.entries(missing)) console.log(`Left out: ${name}: ${reason}`);
  return found;
}
