#!/usr/bin/env node
import {dropLostOutput} from './lost-output';
import {main} from './program';

dropLostOutput();
process.exitCode = await main(process.argv.slice(2));
