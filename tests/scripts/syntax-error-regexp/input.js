console.log('never printed');
var broken = /a(b/;
