import type {ComponentChildren} from 'preact';

interface Props {
  /** Of the section. */
  id: string;
  class?: string;
  label?: string;
  children: ComponentChildren;
}

/** Leads to a section of the page; the address stays as it is, which may carry a network. */
export function SectionLink({id, label, children, class: className}: Props) {
  return (
    <a
      href={`#${id}`}
      class={className}
      aria-label={label}
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
