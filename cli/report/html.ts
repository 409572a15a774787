const ENTITIES: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

export interface Column {
  heading: string;
  /** Numbers line up on the right. */
  numeric?: boolean;
}

/** A table in a box of its own that scrolls sideways where the screen is narrow, also by keys; the first cell of a row heads it. */
export function table(caption: string, columns: Column[], rows: string[][]): string {
  const side = (i: number) => (columns[i].numeric ? ' class="number"' : '');
  const head = columns.map(({heading}, i) => `<th scope="col"${side(i)}>${escapeHtml(heading)}</th>`).join('');
  const body = rows.map((cells) => {
    const columnsOf = cells.map((cell, i) =>
      i === 0 ? `<th scope="row"${side(i)}>${escapeHtml(cell)}</th>` : `<td${side(i)}>${escapeHtml(cell)}</td>`,
    );
    return `<tr>${columnsOf.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table><caption>${escapeHtml(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}
