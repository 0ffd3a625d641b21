-- What the Typst writer of pandoc does not know about this book. The input is the cleaned HTML of document.py.

local typst = FORMAT:match("typst") ~= nil

local function raw(text) return pandoc.RawInline("typst", text) end
local function rawblock(text) return pandoc.RawBlock("typst", text) end
local function quoted(text) return '"' .. text:gsub('[\\"]', "\\%0") .. '"' end
local function label(id) return "label(" .. quoted(id) .. ")" end
local function tag(id) return id == "" and "" or " #" .. label(id) end

local styled = { ["wr-how"] = true, ["wr-side"] = true, ["wr-unread"] = true, ["wr-glyph"] = true }

local function Span(span)
  local kind = span.classes[1] or ""
  if kind == "wr-note" then
    if typst then span.content:insert(1, raw("#h(0.3em)")) end
    local note = pandoc.Note({ pandoc.Para(span.content) })
    local same, key = span.attributes.same, span.attributes.key
    if typst and same then return raw("#footnote(" .. label(same) .. ")") end
    return typst and key and { note, raw("#" .. label(key)) } or note
  end
  if typst and kind == "wr-ix" then
    local term = span.attributes.term
    return term and raw("#ix(" .. quoted(term) .. ")") or {}
  end
  if typst and kind == "wr-elsewhere" then
    return raw("#elsewhere(" .. quoted(span.attributes.to) .. ", " .. quoted(span.attributes.file) .. ")")
  end
  if typst and kind == "wr-anchor" then
    return raw("#[#metadata(none)" .. tag(span.identifier) .. "]")
  end
  if typst and kind ~= "wr-chapter-number" then
    if styled[kind] then
      span.content:insert(1, raw("#words(" .. quoted(kind) .. ")["))
      span.content:insert(raw("]"))
    end
    return span.content
  end
end

-- Bold letters are the look of a dictionary; as a tag of its own for each of thousands they would only weigh.
local function Strong(strong)
  if not typst then return nil end
  strong.content:insert(1, raw("#bold["))
  strong.content:insert(raw("]"))
  return strong.content
end

local function Link(link)
  if typst and link.classes:includes("wr-page") and link.target:sub(1, 1) == "#" then
    return raw("#page-of(" .. label(link.target:sub(2)) .. ")")
  end
end

local function Header(header)
  if not typst or #header.classes == 0 then return nil end
  local number = "none"
  header.content = header.content:filter(function(inline)
    if inline.t ~= "Span" or not inline.classes:includes("wr-chapter-number") then return true end
    number = quoted(pandoc.utils.stringify(inline))
    return false
  end)
  while header.content[1] and header.content[1].t == "Space" do header.content:remove(1) end
  local part = header.attributes.part and ", part: " .. quoted(header.attributes.part) or ""
  local start = string.format("#show: opening.with(%s, %s, %d, number: %s%s, [",
    quoted(header.classes[1]), label(header.identifier), header.level, number, part)
  header.content:insert(1, raw(start))
  header.content:insert(raw("])"))
  local plain = pandoc.Plain(header.content)
  if header.classes:includes("catalogue") then return { rawblock("#show: catalogue"), plain } end
  return plain
end

local function Figure(figure)
  if not typst then return nil end
  local image
  figure:walk({ Image = function(found) image = image or found end })
  if not image then return nil end
  local alt = quoted(pandoc.utils.stringify(image.caption))
  local number = quoted(figure.attributes.number or "") .. ", " .. quoted(figure.attributes.drawn or "")
  local blocks = pandoc.List({ rawblock("#picture(" .. quoted(image.src) .. ", " .. alt .. ", " .. number .. ")[") })
  blocks:extend(figure.caption.long)
  blocks:insert(rawblock("]" .. tag(figure.identifier)))
  return blocks
end

local function Image(image)
  if not typst then return nil end
  return raw("#image(" .. quoted(image.src) .. ", alt: " .. quoted(pandoc.utils.stringify(image.caption)) .. ")")
end

local function Table(tbl)
  if not typst then return nil end
  local size = tbl.classes[1] and quoted(tbl.classes[1]) or '"wr-plain"'
  return { rawblock("#tabular(" .. size .. ")["), tbl, rawblock("]") }
end

local function Div(div)
  if not typst or #div.classes == 0 then return nil end
  if div.classes[1] == "wr-index" then return rawblock("#index-pages()") end
  local blocks = pandoc.List({ rawblock("#panel(" .. quoted(div.classes[1]) .. ")[") })
  blocks:extend(div.content)
  blocks:insert(rawblock("]"))
  return blocks
end

return {
  { Figure = Figure },
  { Image = Image, Table = Table, Span = Span, Strong = Strong, Link = Link, Header = Header, Div = Div },
}
