try { throw new Error('x') } catch (e) { console.log(e.message, e instanceof Error) }
try { throw 5 } catch (e) { console.log(e) }
try { throw { code: 1 } } catch ({ code }) { console.log(code) }
try { throw 1 } catch { console.log('no binding') }
try { null.x } catch (e) { console.log(e.constructor === TypeError, e.name) }
var e = 'outer'; try { throw 'inner' } catch (e) { var e = 'assigned' } console.log(e)
