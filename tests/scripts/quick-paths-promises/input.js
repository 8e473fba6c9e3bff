// What awaits and resolves at once, in the order of the jobs, and what must take the long way.
const log = [];
const note = (text) => log.push(text);
const thenable = { then(resolve) { note("then called"); resolve("thenable"); } };
class Own extends Promise {}
async function waits(name, value) {
  note(name + " starts");
  try { note(name + " " + (await value)); } catch (error) { note(name + " failed " + error); }
  note(name + " ends");
  return name;
}
async function all() {
  let release;
  const pending = new Promise((resolve) => { release = resolve; });
  const rejected = Promise.reject("early");
  const runs = [waits("number", 1), waits("undefined"), waits("object", { toString: () => "object" }), waits("resolved", Promise.resolve("r")),
    waits("pending", pending), waits("pending again", pending), waits("thenable", thenable), waits("own", Own.resolve("o")), waits("rejected", rejected)];
  pending.then((value) => note("then " + value));
  Promise.resolve().then(() => note("job")).then(() => note("second job"));
  queueMicrotask(() => note("microtask"));
  process.nextTick(() => note("tick"));
  release("released");
  release("ignored");
  note((await Promise.all(runs)).join());
}
async function returns() {
  const of = async (value) => value;
  note(String(await of(1)) + (await of(Promise.resolve(2))) + (await of(thenable)) + (await of(null)));
  const self = of(3);
  note(String((await self) + (await self)));
  const failing = async () => { throw new Error("thrown"); };
  note(await failing().catch((error) => error.message));
  const late = failing();
  await null;
  await late.catch(() => note("caught late"));
  const getter = { get then() { note("then read"); return undefined; } };
  note(typeof (await getter));
  const bad = { get then() { throw "bad then"; } };
  note(await (async () => bad)().catch((reason) => reason));
  Object.prototype.then = function (resolve) { resolve("inherited"); };
  const inherited = (async () => ({}))();
  note(await inherited);
  delete Object.prototype.then;
  note(typeof (await (async () => ({}))()));
}
async function patched() {
  const promise = Promise.resolve("plain");
  promise.constructor = Own;
  note(await promise);
  const before = Promise.prototype.then;
  let calls = 0;
  Promise.prototype.then = function (...handlers) { calls++; return before.apply(this, handlers); };
  await Promise.resolve(1);
  await (async () => 2)();
  Promise.prototype.then = before;
  note("calls of then " + calls);
  let reject;
  const failing = new Promise((_, no) => { reject = no; });
  const runs = [waits("one", failing), waits("two", failing)];
  reject("no");
  await Promise.all(runs);
  for await (const value of [Promise.resolve("x"), "y"]) note(value);
  async function* items() { yield await 1; yield Promise.resolve(2); }
  for await (const value of items()) note("item " + value);
}
all().then(returns).then(patched).then(() => console.log(log.join("\n")));
