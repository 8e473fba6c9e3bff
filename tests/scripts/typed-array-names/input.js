// Names that spell numbers mean elements of typed arrays, and nothing else.
const bytes = Uint8Array.of(1, 2, 3); Object.getPrototypeOf(Uint8Array.prototype)['-0'] = 'inherited'; Object.prototype['1.5'] = 'far';
console.log('-0' in bytes, '1.5' in bytes, '7' in bytes, '1' in bytes, bytes['-0'], bytes['1.5'], bytes.Infinity, 'NaN' in bytes, 'length' in bytes);
delete Object.getPrototypeOf(Uint8Array.prototype)['-0']; delete Object.prototype['1.5'];
for (const key of ['3', '-1', '1.5', '-0', '0', 'name', '01']) console.log(key, Reflect.defineProperty(bytes, key, { value: 8, writable: true, enumerable: true, configurable: true }));
for (const field of ['writable', 'enumerable', 'configurable']) console.log(field, Reflect.defineProperty(bytes, '0', { value: 9, [field]: false }));
console.log(Reflect.defineProperty(bytes, '0', { get: () => 1 }), Reflect.defineProperty(bytes, '1', { value: 4 }), bytes, Object.keys(bytes));
for (const key of [3, '-0', 1.5]) try { Object.defineProperty(bytes, key, { value: 1 }); } catch (error) { console.log(error.name, error.message); }
try { Object.defineProperty(bytes, 0, { value: 1, writable: false }); } catch (error) { console.log(error.message); } console.log(Object.getOwnPropertyDescriptor(bytes, 1), Object.getOwnPropertyDescriptor(bytes, '3'));
