// Adds search, filters and sorting to a page that is complete without them.
'use strict';
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const make = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const main = document.querySelector('main');

  // A unit is what is shown or hidden as a whole: a row with the rows that belong to it, a finding, an entry of a list.
  const units = [
    ...all(main, 'tbody > tr:not(.sub)').map(row => {
      const elements = [row];
      while (elements.at(-1).nextElementSibling?.classList.contains('sub')) elements.push(elements.at(-1).nextElementSibling);
      return elements;
    }),
    ...all(main, 'article:not(:has(tbody))').map(finding => [finding]),
    ...all(main, 'ul.examples > li').filter(entry => !entry.closest('tr, article')).map(entry => [entry]),
  ].map(elements => ({
    elements,
    text: [...elements, ...all(elements[0].closest('article:has(tbody)') ?? elements[0], ':scope > :not(.scroll)')]
      .map(element => element.textContent).join(' ').toLowerCase(),
    picks: new Map(),
    found: true,
    isShown() { return this.found && ![...this.picks.values()].includes(false); },
  }));
  const unitOf = new Map(units.map(unit => [unit.elements[0], unit]));

  // A card with a table is there as long as one of its rows is.
  const cards = all(main, 'article:has(tbody)');
  const show = () => {
    units.forEach(unit => unit.elements.forEach(element => { element.hidden = !unit.isShown(); }));
    cards.forEach(card => { card.hidden = !all(card, 'tbody > tr').some(row => unitOf.get(row).isShown()); });
  };

  // The drawing: the arrows of one table, or of those that were searched. The rest fades.
  const drawing = main.querySelector('svg.drawing');
  const nodes = drawing ? all(drawing, '.node') : [];
  let searchedNodes = [];
  const light = lit => {
    const names = new Set(lit.map(node => node.dataset.table));
    const seen = new Set(names);
    drawing?.classList.toggle('lit', names.size > 0);
    all(drawing ?? main, '.edge').forEach(edge => {
      const isOn = names.has(edge.dataset.from) || names.has(edge.dataset.to);
      edge.classList.toggle('on', isOn);
      if (isOn) [edge.dataset.from, edge.dataset.to].forEach(name => seen.add(name));
    });
    nodes.forEach(node => node.classList.toggle('on', seen.has(node.dataset.table)));
  };
  nodes.forEach(node => {
    node.addEventListener('pointerenter', () => light([node]));
    node.addEventListener('pointerleave', () => light(searchedNodes));
  });

  // Search: every word, anywhere in a unit. Sections in which nothing was found are hidden meanwhile.
  const opened = new Set();
  const search = (text, told) => {
    const words = text.toLowerCase().split(/\s+/).filter(word => word);
    const searched = words.length > 0;
    units.forEach(unit => { unit.found = words.every(word => unit.text.includes(word)); });
    searchedNodes = searched ? nodes.filter(node => words.every(word => node.textContent.toLowerCase().includes(word))) : [];
    light(searchedNodes);
    show();
    opened.forEach(details => { details.open = false; });
    opened.clear();
    all(main, 'section:not(.verdict)').forEach(section => {
      const isLit = searchedNodes.length > 0 && section.id === 'drawing';
      section.hidden = searched && !isLit && !all(section, 'tbody > tr, article, li').some(each => unitOf.get(each)?.isShown());
    });
    if (searched) {
      all(main, 'details:not([open])')
        .filter(details => words.some(word => details.textContent.toLowerCase().includes(word)))
        .forEach(details => { details.open = true; opened.add(details); });
    }
    const count = units.filter(unit => unit.isShown()).length;
    told.textContent = searched ? `${count.toLocaleString('en')} of ${units.length.toLocaleString('en')} rows and findings` : '';
  };

  // Filters: one choice for each column, or property of findings, that has few different values. A short list needs none.
  const pick = (bar, label, valued) => {
    if (valued.length < 6) return;
    const values = [...new Set(valued.map(([, value]) => value))].filter(value => value).sort();
    if (values.length < 2) return;
    const choice = make('select', {}, new Option('all', ''), ...values.map(value => new Option(value, value)));
    choice.addEventListener('change', () => {
      valued.forEach(([unit, value]) => unit.picks.set(label, !choice.value || value === choice.value));
      show();
    });
    bar.append(make('label', {}, `${label} `, choice));
  };

  // Sorting: down, up, and as it was. Numbers by what they say, with their units: 4 min 05 s, 12.3 KB.
  const sizes = { ms: 0.001, s: 1, min: 60, h: 3600, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
  const number = text => [...text.replaceAll(',', '').matchAll(/(-?\d+(?:\.\d+)?)\s*([A-Za-z]*)/g)]
    .reduce((sum, [, value, unit]) => sum + value * (sizes[unit] ?? 1), 0);
  const sortable = table => {
    const body = table.tBodies[0];
    const rows = all(body, ':scope > tr:not(.sub)').map(row => unitOf.get(row));
    if (rows.length < 2) return;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.textContent || head.classList.contains('bars')) return;
      const isNumber = head.classList.contains('n');
      const cell = row => row.elements[0].cells[column].textContent;
      const compare = isNumber
        ? (one, other) => number(cell(one)) - number(cell(other))
        : (one, other) => cell(one).localeCompare(cell(other), 'en', { numeric: true });
      const turns = isNumber ? ['descending', 'ascending'] : ['ascending', 'descending'];
      const button = make('button', { type: 'button' }, ...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const turn = turns[turns.indexOf(head.ariaSort) + 1] ?? null;
        heads.forEach(each => { each.ariaSort = null; });
        head.ariaSort = turn;
        const sorted = turn ? rows.toSorted(turn === 'ascending' ? compare : (one, other) => compare(other, one)) : rows;
        body.append(...sorted.flatMap(row => row.elements));
      });
    });
  };

  all(main, 'table').forEach(table => {
    const bar = make('div', { className: 'filters' });
    const rows = all(table.tBodies[0], ':scope > tr:not(.sub)').map(row => unitOf.get(row));
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.classList.contains('pick')) {
        pick(bar, head.textContent, rows.map(row => [row, row.elements[0].cells[column].textContent]));
      }
    });
    if (bar.hasChildNodes()) table.closest('.scroll').before(bar);
    sortable(table);
  });
  const findings = all(main, 'article, article tbody > tr').map(finding => unitOf.get(finding)).filter(unit => unit);
  if (findings.length) {
    const bar = make('div', { className: 'filters' });
    pick(bar, 'finding', findings.map(unit => [unit, unit.elements[0].closest('article').dataset.id]));
    pick(bar, 'table', findings.map(unit => [unit, unit.elements[0].dataset.table]));
    if (bar.hasChildNodes()) document.querySelector('#findings h2').after(bar);
  }
  if (units.length > 1) {
    const told = make('output', {});
    const input = make('input', { type: 'search', placeholder: 'a table, a record, an id, a finding' });
    input.addEventListener('input', () => search(input.value, told));
    document.querySelector('nav').before(make('div', { className: 'find', role: 'search' }, make('label', {}, 'Search ', input), told));
  }
})();
