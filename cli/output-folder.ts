import {UsageError} from '../common/errors';
import {assertWritable} from '../common/node/files';

/**
 * Fails before the work, not after it, where its results could not be written; the folder is made.
 *
 * @param flag the one that names the folder.
 * @throws UsageError
 */
export async function assertOutputFolder(flag: string, folder: string): Promise<void> {
  try {
    await assertWritable(folder);
  } catch (error) {
    throw new UsageError(`${flag}: cannot write to the folder ${folder}: ${inWords(error)}`, {cause: error});
  }
}

function inWords(error: unknown): string {
  const {code, message} = error as NodeJS.ErrnoException;
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a part of its path is a file';
  if (code === 'ELOOP') return 'its path is a circle of links';
  if (code === 'ENAMETOOLONG') return 'its name is too long';
  return message;
}
