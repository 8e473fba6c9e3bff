// Many addresses, absolute and relative, as the class URL takes them apart; and its setters.
const show = (url) => [url.href, url.origin, url.username, url.password, url.host, url.port, url.pathname, url.search, url.hash].join(' ')

function parse(input, base) {
  try {
    return show(new URL(input, base))
  } catch (error) {
    return error.code
  }
}

const absolute = [
  'http://example.com', 'HTTP://EXAMPLE.com:80/', 'http://example.com:8080', 'https://example.com:443/a', 'ftp://example.com:21', 'ws://a:80', 'wss://a:443/x',
  'http:example.com', 'http:/example.com', 'http:\\\\example.com\\a\\b', 'http:////example.com///a', 'http://', 'http:///', 'http://:80', 'http://a:b@/', 'http://@/x',
  'http://user@host', 'http://user:@host', 'http://:pass@host', 'http://us er:pa:ss@ho:1', 'http://a@b@c/', 'http://a:b@c:d@e/', 'http://us%20er:p%C3%A4@h/', 'http://ü:ä@h/',
  'http://a:65535/', 'http://a:65536/', 'http://a:/', 'http://a:0/', 'http://a:00080/', 'http://a:8a/', 'http://a:-1/', 'http://a: 80/',
  'http://a/b/../c', 'http://a/./b/./c/.', 'http://a/b/..', 'http://a/../..', 'http://a/%2e%2E/b', 'http://a/b/%2e', 'http://a/b/.%2e/c', 'http://a//b//', 'http://a/b c', 'http://a/"<>`{}|^',
  'http://a/ä/€/😀', 'http://a/\ud800x', 'http://a/%zz%1', 'http://a/%C3%A4', 'http://a?b', 'http://a?b=c#d', 'http://a#', 'http://a?', 'http://a/?#', 'http://a/?"<> \'`#"<> `', 'http://a/?ä#ä', 'http://a?a?b#c#d?e',
  '  http://a/b  ', '\thttp://a/\nb\r', 'ht\ntp://a', '\u0000http://a', 'http://a\u0001b', 'http://exa mple.com', 'http://exa%20mple.com', 'http://ex%41mple.com', 'http://a%b', 'http://a<b', 'http://a|b', 'http://a^b',
  'http://1.2.3.4', 'http://1.2.3', 'http://1.2', 'http://1', 'http://0x7f.1', 'http://0x', 'http://017.1', 'http://08', 'http://256.1.1.1', 'http://1.2.3.256', 'http://1.2.3.4.5', 'http://4294967295', 'http://4294967296', 'http://1.2.3.4.', 'http://a.1', 'http://1.a', 'http://1..2', 'http://foo.0x4', 'http://%31.2.3.4',
  'http://[::1]', 'http://[::]:80/', 'http://[1:2:3:4:5:6:7:8]', 'http://[1::8]', 'http://[1:0:0:4:0:0:0:8]', 'http://[1:0:3:0:5:0:7:0]', 'http://[::ffff:1.2.3.4]', 'http://[1:2:3:4:5:6:1.2.3.4]', 'http://[::1.2.3]', 'http://[::1.2.3.256]', 'http://[::01.2.3.4]', 'http://[:::]', 'http://[1::2::3]', 'http://[1]', 'http://[12345::]', 'http://[::g]', 'http://[::1', 'http://::1]', 'http://[::1]x', 'http://[1:2:3:4:5:6:7::]', 'http://[::2:3:4:5:6:7:8]', 'http://[ABCD::EF]:8', 'foo://[::1]:9/x',
  'http://müller.de', 'http://MÜLLER.de', 'http://bücher.example', 'http://xn--mller-kva.de', 'http://日本語.jp', 'http://例え。テスト', 'http://ＦＯＯ.com', 'http://a\u00adb.com', 'http://straße.de', 'http://☃.net', 'http://😀.la', 'http://ελληνικά.gr', 'http://президент.рф', 'http://á.com', 'http://a\u0301.com',
  'file:', 'file:/', 'file://', 'file:///', 'file:///a/b', 'file://host/a', 'file://localhost/a', 'file:a', 'file:/a', 'file:///C:/a', 'file:///C|/a', 'file:C:/a', 'file://C:/a', 'file:///C:/..', 'file:///C:/../..', 'file:\\\\h\\a', 'file://h:80/a', 'file:///a?b#c', 'file://%43%3A', 'file:///%43:/a',
  'mailto:a@b.c', 'data:text/plain,hello world', 'javascript:alert(1)', 'urn:a:b', 'about:blank', 'x:', 'x:a b', 'x:/a/../b', 'x://', 'x:///a', 'x://h', 'x://h/', 'x://h:90/a', 'x://h:80a', 'x://u:p@h', 'x://@', 'x://:80', 'x:/..//a', 'x:/.//a', 'x://H OST', 'x://h%20a', 'x://hÄ', 'x:a?b c#d e', 'x:%zz"<>`', 'foo:\\a', 'foo://a\\b', 'blob:https://a.com:8/x', 'blob:x:y', 'blob:', '1x:a', 'x+-.1:a', ':a', 'a', '', '/a', '//a', '?a', '#a', 'http', 'http:', 'x y:a',
]
for (const input of absolute) console.log(JSON.stringify(input), parse(input))

const bases = ['http://u:p@h:8/a/b/c?q#f', 'https://h', 'file:///C:/a/b?q', 'file://host/a/b', 'x://h/a/b?q#f', 'x:/a/b', 'x:opaque?q#f', 'x://h']
const relative = [
  '', '#x', '?x', '?', '#', 'd', 'd/e', './d', '../d', '../../../d', '/d', '/d/../e', '//o', '//o/d', '//o:9', '///o', '\\d', '\\\\o', 'http:d', 'http:/d', 'http://d', 'https:d', 'x:d', 'file:d', 'D:', 'D:/x', 'D|', 'D|x', '/D:/y', '..', '.', './', '../', 'a:b', ' d ', '.%2e/d', '//', '//?', '/..', 'd?x#y', ';d', '@d', '%', 'file:', 'file:///z',
]
// Where Node 20's parser does not do what the standard says: a path that `..` has emptied, an opaque base, and the host of
// a URL of another scheme.
const differs = (base, input) => base[0] === 'x' && /^\/?\.\.$/.test(input) || base.startsWith('x:o') && input === 'd?x#y'
for (const base of bases) {
  for (const input of relative) if (!differs(base, input)) console.log(base, JSON.stringify(input), parse(input, base))
}
console.log(parse('a', 'nope'), parse('http://a', 'nope'))

const changes = {
  href: ['http://b/', 'nope'],
  protocol: ['https', 'https:', 'ftp:x', 'x', 'file', '', 'ht tp', 'WS', '1', 'ws\n'],
  username: ['', 'me', 'm:e@ä', '%41'],
  password: ['', 'pw', 'p:w@/'],
  host: ['', 'b', 'b:9', 'b:99999', 'b:8x', ':9', 'b/c', 'b?c', 'b\\c', '[::1]:3', 'a b', 'B:443', 'localhost', '1.1', 'b:'],
  hostname: ['', 'b', 'b:9', 'b/c', 'a b', '[::1]', '[::', 'B', '%41'],
  port: ['', '9', '99999', '8x', 'x', ' 9', '443', '0', '65536', '9\n0'],
  pathname: ['', 'b', '/b', '/b/../c', 'b?c#d', '\\b', '//b', 'ä b', '..', 'C|/x'],
  search: ['', '?', 'b', '?b', 'b=c d', '#', "'ä", '??'],
  hash: ['', '#', 'b', '#b', 'b c', '##', 'ä`'],
}
const subjects = ['http://u:p@a:8/x/y?q#f', 'https://a', 'file:///C:/x', 'file://h/x', 'x://h:8/x?q', 'x:/x', 'x:opaque?q#f', 'mailto:me@you']
for (const subject of subjects) {
  for (const [name, values] of Object.entries(changes)) {
    for (const value of values) {
      if (subject[0] === 'x' && (value === '..' || name.startsWith('host') && (subject === 'x:/x' || value === ':9'))) continue
      const url = new URL(subject)
      let problem = ''
      try {
        url[name] = value
      } catch (error) {
        problem = error.code
      }
      console.log(subject, name, JSON.stringify(value), url.href, problem)
    }
  }
}

const url = new URL('http://a/?x=1&y=2&x=3&z=%20+%zz&%C3%A4=%ff&=&&k')
const params = url.searchParams
console.log([...params], params.size, params.getAll('x'), params.get('x'), params.get('none'), params.has('x', '3'), params.has('x', '2'))
params.set('x', 'new'); console.log(url.search)
params.append('a b', "~!'()*"); console.log(url.search)
params.delete('x', 'other'); params.delete('y'); console.log(url.search)
params.sort(); console.log(url.href)
url.search = '?later=1'; console.log([...params.keys()], [...params.values()])
url.href = 'http://b/?again=2'; console.log(params.toString())
params.delete('again'); console.log(url.href)
const many = new URLSearchParams('a=1&b=2&c=3')
for (const [name] of many) if (name === 'a') many.append('d', '4')
many.forEach((value, name, all) => console.log(name, value, all === many))
