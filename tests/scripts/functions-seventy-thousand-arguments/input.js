function sum() { var total = 0; for (var i = 0; i < arguments.length; i++) total += arguments[i]; return total }
const list = Array.from({ length: 70000 }, (_, i) => i);
console.log(sum.apply(null, list), sum(...list), ((...rest) => rest.length)(...list), Math.max(...list), Math.min.apply(Math, list));
const grown = []; grown.push(...list); grown.push.apply(grown, list); console.log(grown.length, grown[139999]);
console.log(String.fromCharCode.apply(null, list.slice(65, 91)), Reflect.apply(sum, null, list));
try { sum.apply(null, new Array(1e6)) } catch (error) { console.log(error.name, error.message) }
try { sum(...new Array(1e6).fill(1)) } catch (error) { console.log(error.name, error.message) }
