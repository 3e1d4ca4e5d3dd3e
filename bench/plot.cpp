// SPDX-License-Identifier: MIT
#include "plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace heddle::bench {

namespace {

constexpr double width = 330;  // of a panel
constexpr double height = 235;
constexpr double left = 56;  // what its axes leave free
constexpr double right = 14;
constexpr double top = 14;
constexpr double bottom = 42;
constexpr const char* colours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#555555"};

// A logarithmic axis that covers whole powers of ten.
class axis {
 public:
  axis(double least, double most, double from, double to)
      : low_(std::floor(std::log10(least))),
        high_(std::max(low_ + 1, std::ceil(std::log10(most)))),
        from_(from),
        to_(to) {}
  double at(double value) const {
    return from_ + (std::log10(value) - low_) / (high_ - low_) * (to_ - from_);
  }
  std::vector<double> ticks() const {
    std::vector<double> all;
    for (double power = low_; power <= high_; ++power) all.push_back(std::pow(10, power));
    return all;
  }

 private:
  double low_;
  double high_;
  double from_;
  double to_;
};

std::string label(double value) {
  if (value >= 1e6) return fmt::format("{:g} M", value / 1e6);
  if (value >= 1e3) return fmt::format("{:g} k", value / 1e3);
  return fmt::format("{:g}", value);
}

std::string words(double x, double y, const char* how, const std::string& what) {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" {}>{}</text>\n", x, y, how, what);
}

std::string line(double x1, double y1, double x2, double y2) {
  return fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"#ddd\"/>\n", x1, y1, x2,
                     y2);
}

std::string draw_curve(const curve& of, const axis& across, const axis& up, const char* colour) {
  std::string path;
  std::string dots;
  for (const auto& [x, y] : of.points) {
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", across.at(x), up.at(y));
    dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" fill=\"{}\"/>\n",
                        across.at(x), up.at(y), colour);
  }
  return fmt::format("<path d=\"{}\" stroke=\"{}\" stroke-width=\"1.5\" fill=\"none\"/>\n{}", path,
                     colour, dots);
}

std::string draw_panel(const panel& of, double x, double y, const std::vector<std::string>& names) {
  double least_x = 1e300, most_x = 0, least_y = 1e300, most_y = 0;
  for (const curve& each : of.curves) {
    for (const auto& [at, value] : each.points) {
      least_x = std::min(least_x, at);
      most_x = std::max(most_x, at);
      least_y = std::min(least_y, value);
      most_y = std::max(most_y, value);
    }
  }
  if (most_x == 0) return {};
  const axis across(least_x, most_x, x + left, x + width - right);
  const axis up(least_y, most_y, y + height - bottom, y + top);
  std::string svg;
  for (const double tick : across.ticks()) {
    svg += line(across.at(tick), y + top, across.at(tick), y + height - bottom);
    svg += words(across.at(tick), y + height - bottom + 14, "text-anchor=\"middle\"", label(tick));
  }
  for (const double tick : up.ticks()) {
    svg += line(x + left, up.at(tick), x + width - right, up.at(tick));
    svg += words(x + left - 5, up.at(tick) + 4, "text-anchor=\"end\"", label(tick));
  }
  svg += words(x + (left + width - right) / 2, y + height - 10, "text-anchor=\"middle\"", of.x);
  svg += fmt::format(
      "<text transform=\"translate({:.0f} {:.0f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
      x + 12, y + (top + height - bottom) / 2, of.y);
  for (const curve& each : of.curves) {
    const auto named = std::find(names.begin(), names.end(), each.name) - names.begin();
    svg += draw_curve(each, across, up, colours[named % std::size(colours)]);
  }
  return svg;
}

}  // namespace

std::string draw(const std::vector<panel>& panels, unsigned columns) {
  std::vector<std::string> names;
  for (const panel& each : panels) {
    for (const curve& in_it : each.curves) {
      if (std::find(names.begin(), names.end(), in_it.name) == names.end()) {
        names.push_back(in_it.name);
      }
    }
  }
  std::string svg;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    svg += draw_panel(panels[i], static_cast<double>(i % columns) * width,
                      24 + static_cast<double>(i / columns) * height, names);
  }
  double x = left;
  for (std::size_t i = 0; i < names.size(); ++i) {  // the legend, above
    svg += fmt::format("<circle cx=\"{:.0f}\" cy=\"14\" r=\"4\" fill=\"{}\"/>\n", x,
                       colours[i % std::size(colours)]);
    svg += words(x + 8, 18, "", names[i]);
    x += 90;
  }
  const double rows = std::ceil(static_cast<double>(panels.size()) / columns);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 "
      "0 "
      "{0:.0f} {1:.0f}\" font-family=\"sans-serif\" font-size=\"11\">\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{2}</svg>\n",
      width * columns, 24 + rows * height, svg);
}

}  // namespace heddle::bench
