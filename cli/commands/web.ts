import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {Command} from 'commander';
import {UsageError} from '../../common/errors';
import {addServingOptions, type ServingOptions, servePage} from '../../web/server/serving';

/** Where the whole build puts the page: beside the folder of the bundle that this is in. */
const PAGE = fileURLToPath(new URL('../web', import.meta.url));

export function webCommand(): Command {
  const command = new Command('web').description(
    'Serve the page on which a network is trained in the browser, and reads what is drawn.',
  );
  return addServingOptions(command).action(async (options: ServingOptions) => {
    if (!existsSync(path.join(PAGE, 'index.html'))) {
      throw new UsageError(`${PAGE} has no page. The package as it is published has one; in a checkout: npm run web.`);
    }
    await servePage(PAGE, options);
  });
}
