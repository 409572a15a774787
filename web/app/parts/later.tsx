import {useSignal} from '@preact/signals';
import type {ComponentType} from 'preact';
import {useEffect} from 'preact/hooks';
import {tell} from '../store';
import {atRest, pageIsReady} from './readiness';
import {Section} from './section';

/**
 * A section whose code comes once a training can begin, which does not wait for it. Until then its place is there, where
 * links lead.
 */
export function later(id: string, title: string, load: () => Promise<ComponentType>): ComponentType {
  return () => {
    const loaded = useSignal<{Content: ComponentType} | undefined>(undefined);
    useEffect(() => {
      fetchWhenReady(load).then((Content) => {
        loaded.value = {Content};
      }, tell);
    }, []);
    if (loaded.value) return <loaded.value.Content />;
    return (
      <Section id={id} title={title} isComing>
        {null}
      </Section>
    );
  };
}

async function fetchWhenReady(load: () => Promise<ComponentType>): Promise<ComponentType> {
  await pageIsReady();
  await atRest();
  return load();
}
