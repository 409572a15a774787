import {useSignalEffect} from '@preact/signals';
import {texts} from '../../texts';
import {forgetChoice} from '../inside/chosen';
import {EvidencePart} from '../inside/evidence';
import {LayerStrips} from '../inside/layer-strips';
import {SaliencyPart} from '../inside/saliency';
import {TestMapPart} from '../inside/test-map';
import {Section} from '../parts/section';
import {model} from '../store';

/** What the layers of the network make of the digit that is shown, and why the answer is what it is. */
export function InsideSection() {
  useSignalEffect(() => {
    model.value;
    forgetChoice();
  });
  return (
    <Section id="inside" title={texts.inside.title}>
      <h3>{texts.inside.everyLayer}</h3>
      <LayerStrips />
      <EvidencePart />
      <SaliencyPart />
      <TestMapPart />
    </Section>
  );
}
