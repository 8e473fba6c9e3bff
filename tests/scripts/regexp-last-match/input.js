/(\d+)-(\d+)-(\d+)/.test('on 2024-01-31 it was');
console.log(RegExp.$1, RegExp.$2, RegExp.$3, RegExp.$4 === '', RegExp.lastMatch, RegExp['$&'], RegExp.lastParen, RegExp['$+']);
console.log([RegExp.leftContext, RegExp.rightContext, RegExp['$`'], RegExp["$'"]], RegExp.input, RegExp.$_);
'no digits'.match(/\d/); console.log(RegExp.$1);
'k1=v1;k2=v2'.replace(/(\w+)=(\w+)/g, function () { console.log(RegExp.$1, RegExp.$2); return '' });
if (/^(?:(a)|b)$/.exec('b')) console.log([RegExp.$1], RegExp.lastMatch);
'größe 42'.match(/(\D+) (\d+)/); console.log(RegExp.$1, RegExp.$2, RegExp.leftContext.length); gc(); console.log(RegExp.$2);
