/** Reads a template of CloudFormation, transforms what is SAM's, and validates what comes of it; silent if all is well. */
import {App, Stack} from 'aws-cdk-lib';
import {CfnInclude} from 'aws-cdk-lib/cloudformation-include';

const app = new App({outdir: 'cdk.out', context: {'@aws-cdk/core:validateAgainstDefaultRules': true}});
new CfnInclude(new Stack(app, 'predict'), 'template', {templateFile: process.argv[2]});
app.synth();
