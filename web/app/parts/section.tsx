import type {ComponentChildren} from 'preact';

interface Props {
  /** Of the page's address: #data. */
  id: string;
  title: string;
  /** Whether what is in it is not there yet. */
  isComing?: boolean;
  children: ComponentChildren;
}

/** A card of the page with its heading. */
export function Section({id, title, isComing, children}: Props) {
  return (
    <section id={id} class="card" tabIndex={-1} aria-labelledby={`${id}-title`} aria-busy={isComing}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}
