console.log(1)
break
