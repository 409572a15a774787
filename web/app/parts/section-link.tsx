import type {ComponentChildren} from 'preact';

interface Props {
  /** Of the section. */
  id: string;
  class?: string;
  children: ComponentChildren;
}

/** Leads to a section of the page; the address stays as it is, which may carry a network. */
export function SectionLink({id, children, class: className}: Props) {
  return (
    <a
      href={`#${id}`}
      class={className}
      onClick={(event) => {
        const section = document.getElementById(id);
        if (!section || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        section.scrollIntoView();
        section.focus({preventScroll: true});
      }}
    >
      {children}
    </a>
  );
}
