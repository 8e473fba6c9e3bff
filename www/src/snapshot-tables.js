// The tables of the Snapshots tab: constructors with their objects, changes between two snapshots, and retainers. `line`
// leads to the worker that keeps the snapshots (see line.js).
import { count, element } from "./dom.js";
import { TreeGrid } from "./tree-grid.js";

const signed = (number) => (number > 0 ? `+${count(number)}` : number < 0 ? `−${count(-number)}` : "0");
const distance = (steps) => (steps === null || steps === undefined ? "–" : String(steps));
const number = (key, title, width, text = count) => ({ key, title, width, isNumber: true, text });
const SIZES = [
  number("distance", "Distance", "60px", distance),
  number("shallowBytes", "Shallow size", "84px"),
  number("retainedBytes", "Retained size", "100px"),
];

/** Rows of objects, which open to what they refer to. */
function objectRow(line, slot, object) {
  return {
    cells: { ...object, name: `${object.name} @${object.id}` },
    data: object,
    load: (from, portion) => references(line, slot, object.id, from, portion),
  };
}

async function references(line, slot, of, from, portion) {
  const { total, rows } = await line.ask("references", { slot, of, from, count: portion });
  return { total, rows: rows.map((row) => ({ ...objectRow(line, slot, row), cells: { ...row, name: `${row.edge} :: ${row.name} @${row.id}` } })) };
}

/** Sorts rows by a column of their cells. */
function sorted(list, { key, ascending }) {
  const sign = ascending ? 1 : -1;
  const order = (a, b) => (typeof a === "string" ? a.localeCompare(b) : (a ?? Infinity) - (b ?? Infinity));
  return key ? [...list].sort((a, b) => sign * order(a[key], b[key])) : list;
}

/** A search field above a grid whose rows are `list`, made by `row`. */
function searchable(room, list, columns, row, options) {
  const field = element("input", { type: "search", placeholder: "Filter by constructor, or @id", "aria-label": "Filter by constructor, or go to an object by its @id" });
  const none = element("p", { class: "hint", hidden: true }, "No constructor has this in its name.");
  const grid = new TreeGrid(columns, { ...options, onSort: () => show() });
  const show = () => {
    const wanted = field.value.trim().toLowerCase();
    const kept = wanted.startsWith("@") ? list : list.filter(({ name }) => name.toLowerCase().includes(wanted));
    none.hidden = kept.length > 0;
    grid.show(sorted(kept, grid.sorting).map(row));
  };
  field.oninput = show;
  field.onkeydown = (event) => {
    if (event.key === "Enter" && field.value.trim().startsWith("@")) options.onId?.(Number(field.value.trim().slice(1)));
    if (event.key === "ArrowDown") grid.element.focus();
  };
  show();
  room.append(element("div", { class: "bar" }, field), none, grid.element);
}

/** The Summary: constructors, each opens to its objects. */
export function summaryGrid(room, line, slot, { groups }, onSelect) {
  const columns = [{ key: "name", title: "Constructor", width: "minmax(120px, 1fr)" }, ...SIZES];
  const row = (group) => ({
    cells: { ...group, name: `${group.name} ×${count(group.count)}` },
    load: async (from, portion, { key, ascending }) => {
      const query = { from, count: portion, by: key ?? "retainedBytes", ascending };
      const { total, rows } = await line.ask("members", { slot, name: group.name, query });
      return { total, rows: rows.map((object) => objectRow(line, slot, object)) };
    },
  });
  const onId = async (id) => {
    const { name } = await line.ask("object", { slot, of: id }).catch(() => ({ name: "no object" }));
    onSelect({ data: { id, name } });
  };
  const sorting = { key: "retainedBytes", ascending: false };
  searchable(room, groups, columns, row, { label: "Objects by constructor", least: 380, sorting, onSelect, onId });
}

/** The Comparison: constructors, each opens to the objects that are new. */
export function changesGrid(room, line, [base, slot], changes, onSelect) {
  const columns = [
    { key: "name", title: "Constructor", width: "minmax(88px, 1fr)" },
    number("new", "# New", "54px"),
    number("deleted", "# Deleted", "62px"),
    number("delta", "# Delta", "56px", signed),
    { ...number("allocatedBytes", "Alloc. size", "72px"), isExtra: true },
    { ...number("freedBytes", "Freed size", "72px"), isExtra: true },
    number("sizeDelta", "Size delta", "84px", signed),
  ];
  const row = (change) => ({
    cells: change,
    load: change.new > 0 && (async (from, portion) => {
      const query = { from, count: portion, by: "retainedBytes", ascending: false };
      const { total, rows } = await line.ask("members", { slot, base, name: change.name, query });
      return { total, rows: rows.map((object) => ({ ...objectRow(line, slot, object), cells: { name: `${object.name} @${object.id}`, allocatedBytes: object.shallowBytes, sizeDelta: object.shallowBytes } })) };
    }),
  });
  const blank = (text) => (value) => (value === undefined ? "" : text(value));
  const shown = columns.map((column) => (column.text ? { ...column, text: blank(column.text) } : column));
  searchable(room, changes, shown, row, { label: "Changes by constructor", least: 370, sorting: { key: "sizeDelta", ascending: false }, onSelect });
}

/** What keeps an object, as a tree that opens towards the roots. */
export function retainersGrid(line, slot, object) {
  // What the sizes leave to the names matters more here: a name is a whole step of the path.
  const [steps, , retained] = SIZES;
  const columns = [{ key: "name", title: "Object", width: "minmax(160px, 1fr)" }, { ...steps, width: "60px" }, { ...retained, width: "88px" }];
  const load = (of, path) => async (from, portion) => {
    const { total, rows } = await line.ask("retainers", { slot, of, from, count: portion });
    return { total, rows: rows.map((row) => holderRow(row, path)) };
  };
  const holderRow = (row, path) => {
    const isCircle = path.includes(row.id);
    const weak = row.edgeType === "weak" ? ", weakly" : "";
    const circle = isCircle ? ", and so round again" : "";
    return {
      cells: { ...row, name: `${row.edge} in ${row.name} @${row.id}${weak}${circle}` },
      data: row,
      load: isCircle || row.distance === 0 ? undefined : load(row.id, [...path, row.id]),
    };
  };
  const grid = new TreeGrid(columns, { label: `Retainers of ${object.name} @${object.id}`, least: 330 });
  load(object.id, [object.id])(0, 100).then(
    async ({ rows }) => {
      grid.show(rows);
      // The shortest way to the roots, which is what one looks for first.
      await grid.openFirst(8);
    },
    () => {},
  );
  return grid;
}
