// Settings merged from defaults, and a list of versions with a change each.
const defaults = { host: 'localhost', port: 80, retries: 3, headers: { accept: '*/*' } };
const merged = (base, extra) =>
  Object.keys(extra).reduce((all, key) => {
    const value = extra[key];
    return { ...all, [key]: typeof value === 'object' ? { ...base[key], ...value } : value };
  }, base);
const versions = [];
for (let i = 0; i < 25000; i++) {
  const settings = merged(defaults, { port: 1000 + (i % 100), headers: { id: `r${i}` }, tag: i * 0.5 });
  const { retries, ...rest } = settings;
  versions.push({ ...rest, version: i, tries: retries + 1 });
  if (versions.length > 2000) versions.splice(0, 1000);
}
console.log(versions.length, versions[versions.length - 1].headers.id);
