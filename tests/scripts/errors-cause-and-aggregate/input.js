function wrap() { try { JSON.parse('{') } catch (cause) { throw new Error('wrapped', { cause }) } }
try { wrap() } catch (e) { console.log(e.message, e.cause.name, Object.keys(e), Object.getOwnPropertyNames(e)) }
